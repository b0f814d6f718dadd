"""The command line: thin click commands over the runner; nothing else prints, exits or looks at the environment."""
