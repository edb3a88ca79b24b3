"""Saved by a newer Jupyter: nbformat 4.9, with a key that nobody knows yet."""


def mangle(notebook):
    return {**notebook, "nbformat_minor": 9, "cells": [{**cell, "later": {"a": 1}} for cell in notebook["cells"]]}
