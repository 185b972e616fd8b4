// Loaded into servers of tests before anything else: they end with the process that started them, however that ends.
process.once("disconnect", () => process.exit(1));
// To hear of it must not keep them running.
process.channel?.unref();
