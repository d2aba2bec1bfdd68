"""The commands of the terminal by subject. Argument handling only; work is done by the layers below."""
