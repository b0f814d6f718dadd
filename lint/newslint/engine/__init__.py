"""From bytes and a plan to findings: pure functions, a page each."""
