"""The ground that every room stands on: errors, the model of a record, IRIs, namespaces, folders, files."""
