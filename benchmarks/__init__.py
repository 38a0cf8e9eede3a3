"""Where the figures in our pages come from: data sets of real size, a usual way to compare with, and a load client."""
