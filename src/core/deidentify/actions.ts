/** What was done to each element: for the table on the page and the counts in the report. */
import type { Edit, Element, NewElement } from '../dicom/element.ts';
import type { Rule } from './rules.ts';

export interface AttributeAction {
  /** Tags and item numbers from the outside in: `(0008,1140)[1] (0008,1155)`. */
  readonly path: string;
  readonly tag: number;
  /** The element as found; null for one that was added. */
  readonly element: Element | null;
  readonly action: 'removed' | 'replaced' | 'added' | 'kept';
  /** The new value as text; empty for kept and removed elements. */
  readonly after: string;
  /** Which rule decided so. */
  readonly rule: Rule;
}

export interface ActionCounts {
  readonly removed: number;
  readonly replaced: number;
  readonly kept: number;
}

/** How many elements were removed, replaced (or emptied) and kept; additions are not counted. */
export function countActions(actions: readonly AttributeAction[]): ActionCounts {
  const count = (action: AttributeAction['action']): number =>
    actions.filter((one) => one.action === action).length;
  return { removed: count('removed'), replaced: count('replaced'), kept: count('kept') };
}

/** One instance's plan: what the span writer does, and what to tell of it. */
export interface HeaderPlan {
  readonly edits: Map<Element, Edit>;
  readonly insertMeta: NewElement[];
  readonly insertDataSet: NewElement[];
  readonly actions: AttributeAction[];
}
