"""Readers and writers of chart files: one module a publisher, bytes in, history out."""
