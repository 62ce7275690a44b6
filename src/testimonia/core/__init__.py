"""What every other package uses: errors, the model of a record, IRIs, namespaces, folders, files."""
