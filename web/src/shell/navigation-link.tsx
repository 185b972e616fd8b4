import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { AppLink } from "./app-link.tsx";
import { type Page, pageAt } from "./pages.ts";

/** Which page to link to and what to show before its name. */
export interface NavigationLinkProps {
  readonly page: Page;
  readonly className: string | undefined;
  readonly icon?: ReactNode;
}

/** A link of the navigation, marked when its page is shown, or one that is part of it. Pointing at it or focusing it loads the page. */
export function NavigationLink({ page, className, icon }: NavigationLinkProps) {
  const [path] = useLocation();
  return (
    <AppLink
      href={page.path}
      className={className}
      data-hue={page.hue}
      aria-current={path === page.path ? "page" : pageAt(path)?.partOf === page.path || undefined}
      onPointerEnter={page.preload}
      onFocus={page.preload}
    >
      {icon}
      {page.label}
    </AppLink>
  );
}
