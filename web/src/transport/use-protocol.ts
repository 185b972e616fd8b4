import { useCallback } from "react";
import { useLocation, useSearch } from "wouter";
import { type Protocol, parseProtocol } from "./protocol.ts";
import { protocolParameter, withProtocol } from "./protocol-search.ts";

/** The protocol in use, and how to choose another. The choice lives in the URL and replaces the history entry. */
export function useProtocol(): { protocol: Protocol; setProtocol: (protocol: Protocol) => void } {
  const [, navigate] = useLocation();
  const protocol = parseProtocol(new URLSearchParams(useSearch()).get(protocolParameter));
  const setProtocol = useCallback(
    (next: Protocol) => {
      const { pathname, search, hash } = window.location;
      navigate(withProtocol(`${pathname}${search}${hash}`, next), { replace: true });
    },
    [navigate],
  );
  return { protocol, setProtocol };
}
