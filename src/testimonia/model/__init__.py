"""Model: what is passed between the floors, as plain frozen data. Each module holds one room's nouns."""
