import { NotFound, TooMuchWork } from "../domain/errors.ts";
import type { RelayTargets } from "../services/explorer/domain/relay-targets.ts";
import { callTarget } from "./call-target.ts";
import type { RelayTarget } from "./relay-target.ts";

/** What relayed calls may take. */
export interface RelayBounds {
  /** The largest message of a response, in bytes. */
  readonly maxMessageBytes: number;
}

/** The servers that calls are relayed to. */
export interface OpenRelayTargets extends RelayTargets {
  /** How many calls are relayed now. */
  readonly calls: number;
}

/** How many calls are relayed at once. */
const MAX_CALLS = 200;

/** Calls servers over gRPC: each at the address that the configuration has for it and at no other, whatever a client or the server says. */
export function openRelayTargets(targets: readonly RelayTarget[], { maxMessageBytes }: RelayBounds): OpenRelayTargets {
  const urls = new Map(targets.map(({ address, url }) => [address, url]));
  let calls = 0;

  return {
    addresses: targets.map(({ address }) => address),
    get calls() {
      return calls;
    },
    reserve() {
      if (calls >= MAX_CALLS) throw new TooMuchWork(`${MAX_CALLS} calls are relayed already`);
      calls++;
      return () => void calls--;
    },
    async call(address, call) {
      const url = urls.get(address);
      if (url === undefined) throw new NotFound(`EXPLORER_TARGETS does not list ${address}`);
      return callTarget(url, call, maxMessageBytes);
    },
  };
}
