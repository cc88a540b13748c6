"""Files of settings in TOML: their text, the places of their keys, their shapes, and what is wrong with them."""
