import type { MouseEvent, ReactNode } from "react";
import { signInAddress } from "./sign-in-address.ts";

/** A link to sign in and come back to what is shown then. */
export function SignInLink({
  className,
  children,
}: {
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  // The address of the page changes without this being drawn again.
  const point = ({ currentTarget }: MouseEvent<HTMLAnchorElement>) => {
    currentTarget.href = signInAddress(window.location);
  };
  return (
    <a href="/auth/sign-in" className={className} onClick={point} onAuxClick={point}>
      {children}
    </a>
  );
}
