/**
 * For the heading of a view that takes the place of the control that was pressed: the focus
 * went with that, and the keyboard goes on here (WCAG 2.4.3).
 */
export function takesLostFocus(heading: HTMLElement): void {
  const { activeElement, body } = document;
  if (activeElement === null || activeElement === body) heading.focus({ preventScroll: true });
}
