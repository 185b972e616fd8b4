import { storeOptions } from "../../testing/store-world.ts";
import { openPostgresStore } from "../store.ts";

/*
 * A server of its own, for a test: appends so many greetings to a database, several at a time, and says the number of each as it is told it, one a line.
 */
const [, , url = "", writer = "", count = "0"] = process.argv;
const TOGETHER = 20;

const store = await openPostgresStore({ url, wakeUp: "listen", ...storeOptions() });
for (let written = 0; written < Number(count); written += TOGETHER) {
  await Promise.all(
    Array.from({ length: TOGETHER }, async (_, index) => {
      const name = `${writer} ${written + index}`;
      const greeting = { name, language: "en", message: "Hello", protocol: "grpc", method: "SayHello" } as const;
      const { sequence } = await store.greetings.append(greeting);
      process.stdout.write(`${sequence} ${name}\n`);
    }),
  );
}
await store.close();
