"""All Pet Plus: one shop for a pet's whole life."""

import os

# numpy reads it when it is loaded. Our matrices are small and our processes as many as there are
# cores: threads that wait for each other took longer than the work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
