import { findProgram } from "@triptych/testkit/processes/find-program.ts";
import type { HarnessSettings } from "../harness.ts";
import { h2load } from "./h2load.ts";
import type { Load } from "./load.ts";
import { ownHttp2Load } from "./own-http2-load.ts";

/** The load over HTTP/2 that is to be had: h2load, else our own, which the caller may also insist on. */
export function http2Load({ ownLoads }: HarnessSettings): Load {
  return ownLoads || findProgram("h2load") === undefined ? ownHttp2Load : h2load;
}
