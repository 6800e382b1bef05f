"""What the settings remember while somebody looks at them."""
