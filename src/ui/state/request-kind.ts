/** Where a request goes; null for what is made in the tab (blob, data), which is none. */
export function requestKind(url: string, own: string): 'own' | 'foreign' | null {
  const { origin, protocol } = new URL(url, own);
  if (protocol === 'blob:' || protocol === 'data:') return null;
  return origin === own ? 'own' : 'foreign';
}
