/** The UIDs of an element: several may stand in one value (PS3.5 §6.2 UI, VM > 1). */
import { componentsOf } from './element-value.ts';
import { trimUid, type Pseudonyms } from './pseudonyms.ts';

/** The same text with every UID replaced; equal to the input where nothing changes. */
export async function replaceUids(text: string, pseudonyms: Pseudonyms): Promise<string> {
  const uids = componentsOf(text).map(trimUid);
  return (await Promise.all(uids.map((uid) => pseudonyms.uid(uid)))).join('\\');
}
