/** Which NIfTI files are of one patient and one visit: BIDS says so in its names. */

export interface Places {
  placeOf(path: string): { readonly patient: number; readonly visit: number };
}

/**
 * `sub-…` names the patient and `ses-…` the visit; a file without them is a patient of
 * its own.
 *
 * @param before patients counted so far
 */
export function createBidsPlaces(before: number): Places {
  let patients = before;
  const bySubject = new Map<string, { patient: number; sessions: string[] }>();
  return {
    placeOf(path) {
      // A data set of another folder has a sub-01 of its own.
      const [, root = '', subject] = /^(.*?)(?:^|[/_])sub-([A-Za-z0-9]+)/.exec(path) ?? [];
      if (subject === undefined) return { patient: ++patients, visit: 1 };
      const key = `${root}\n${subject}`;
      const known = bySubject.get(key) ?? { patient: ++patients, sessions: [] };
      bySubject.set(key, known);
      const session = /[/_]ses-([A-Za-z0-9]+)/.exec(path)?.[1] ?? '';
      if (!known.sessions.includes(session)) known.sessions.push(session);
      return { patient: known.patient, visit: known.sessions.indexOf(session) + 1 };
    },
  };
}
