"""Exchange: a built graph in, the same statements in the forms that other people's programs read out."""
