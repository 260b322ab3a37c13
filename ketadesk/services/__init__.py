"""What people do: one function is one action of a person is one transaction."""
