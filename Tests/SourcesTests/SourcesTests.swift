import Sources
