"""How results and problems look: as text, as JSON, as tables; a file each."""
