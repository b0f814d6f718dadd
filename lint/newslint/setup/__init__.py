"""A first configuration for a site: what lies in its folders, and the files that tell newslint so."""
