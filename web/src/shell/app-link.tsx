import type { AnchorHTMLAttributes, ReactNode } from "react";
import { Link } from "wouter";
import { withProtocol } from "../transport/protocol-search.ts";
import { useProtocol } from "../transport/use-protocol.ts";

/** A link to another page of the app. */
export interface AppLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href" | "className"> {
  /** The path of the page, with its query if any. */
  readonly href: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A link within the app. It keeps the chosen protocol. */
export function AppLink({ href, ...rest }: AppLinkProps) {
  const { protocol } = useProtocol();
  return <Link href={withProtocol(href, protocol)} {...rest} />;
}
