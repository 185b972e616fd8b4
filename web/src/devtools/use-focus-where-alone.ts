import { useMediaQuery } from "@mantine/hooks";
import { type RefObject, useEffect, useRef } from "react";

/** Puts the focus on an element where the window is so narrow that it takes the place of the list, and of what had the focus. */
export function useFocusWhereAlone(): RefObject<HTMLElement | null> {
  const element = useRef<HTMLElement>(null);
  const hidesList = useMediaQuery("(max-width: 59.99rem)", false, { getInitialValueInEffect: false });
  useEffect(() => {
    if (hidesList) element.current?.focus();
  }, [hidesList]);
  return element;
}
