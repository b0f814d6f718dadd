"""The report as one page that needs nothing else: readable without scripts, with search and filters where they run."""
