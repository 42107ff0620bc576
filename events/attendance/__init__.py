"""Who was there: ticking off, reports of meeting tools, figures and certificates."""
