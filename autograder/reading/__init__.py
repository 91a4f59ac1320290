"""Notebooks as others have left them: read leniently, mended where that is safe, refused in a sentence."""
