"""How the bundled reader was trained, so that anyone can do it again."""
