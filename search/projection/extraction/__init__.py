"""The texts of files, read once per version, in the background, by a process that may die.

``waiting`` knows which files are to be read and keeps what was read; ``isolation`` starts
``child`` for each of them, a process with little memory and time; ``formats`` says which module
reads what. Everything below ``isolation`` knows neither Django nor the database.
"""
