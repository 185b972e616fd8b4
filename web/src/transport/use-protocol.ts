import { useCallback } from "react";
import { useLocation, useSearch } from "wouter";
import { type Protocol, parseProtocol } from "./protocol.ts";
import { protocolParameter, withProtocol } from "./protocol-search.ts";

/** The protocol in use, and how to choose another. The choice lives in the URL and replaces the history entry. */
export function useProtocol(): { protocol: Protocol; setProtocol: (protocol: Protocol) => void } {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const protocol = parseProtocol(new URLSearchParams(search).get(protocolParameter));
  const setProtocol = useCallback(
    (next: Protocol) => {
      navigate(withProtocol(`${path}?${search}`, next), { replace: true });
    },
    [navigate, path, search],
  );
  return { protocol, setProtocol };
}
