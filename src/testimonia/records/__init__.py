"""Records: curated YAML files in, records with the place of every word out."""
