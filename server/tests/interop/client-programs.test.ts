import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { serveRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCertificate } from "../../src/certificate.ts";
import { runClientProgram } from "./client-program.ts";
import { clientPrograms, makeFolder, type StartProgram } from "./client-programs.ts";
import { interopRoute } from "./interop-route.ts";

const LARGE_RESPONSE = 314_159;
const RESPONSE_SIZES = [31_415, 9, 2_653, 58_979];
const SPECIAL_MESSAGE = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";

const EXPECTED = {
  empty_unary: "OK",
  large_unary: LARGE_RESPONSE,
  client_compressed_unary: ["INVALID_ARGUMENT", LARGE_RESPONSE],
  client_streaming: 74_922,
  server_streaming: RESPONSE_SIZES,
  ping_pong: RESPONSE_SIZES,
  empty_stream: [],
  custom_metadata: ["test_initial_metadata_value", "ababab"],
  "custom_metadata of a stream": ["test_initial_metadata_value", "ababab"],
  status_code_and_message: ["UNKNOWN", "test status message"],
  "status_code_and_message of a stream": ["UNKNOWN", "test status message"],
  special_status_message: ["UNKNOWN", SPECIAL_MESSAGE],
  "error details": ["INVALID_ARGUMENT", 3, "detailed"],
  cancel_after_begin: "CANCELLED",
  cancel_after_first_response: "CANCELLED",
  timeout_on_sleeping_server: "DEADLINE_EXCEEDED",
  unimplemented_method: "UNIMPLEMENTED",
  unimplemented_service: "UNIMPLEMENTED",
};

/** A compiler that has nothing in its cache, on a machine that does other things too. */
const PREPARE_LIMIT_MS = 300_000;
const CASES_LIMIT_MS = 60_000;

describe.each(clientPrograms)(
  "gRPC interoperability with $client (skipped without $packages)",
  ({ isInstalled, prepare }) => {
    let folder: Awaited<ReturnType<typeof makeFolder>>;
    let start: StartProgram;

    beforeAll(async () => {
      folder = await makeFolder();
      if (isInstalled) start = await prepare(folder.path);
    }, PREPARE_LIMIT_MS);

    afterAll(() => folder[Symbol.asyncDispose]());

    it.skipIf(!isInstalled).each(["in clear text", "over TLS"])(
      "%s",
      async (how) => {
        const certificate = how === "over TLS" ? await loadCertificate({ kind: "self-signed" }) : undefined;
        const rootPem = certificate && join(folder.path, "root.pem");
        if (rootPem !== undefined) await writeFile(rootPem, certificate?.cert ?? "");
        const served = await serveRoutes([interopRoute], { readMaxBytes: 1_048_576, certificate });
        try {
          const results = await runClientProgram(start(`localhost:${served.port}`, rootPem), async () => {
            // The calls that were cancelled have ended here, too, and not with their connection.
            await expect.poll(() => served.rpc.running.count, { timeout: 10_000 }).toBe(0);
            expect(served.listener.openConnections()).toBeGreaterThan(0);
          });
          expect(results).toEqual(EXPECTED);
        } finally {
          await served.close();
        }
      },
      CASES_LIMIT_MS,
    );
  },
);
