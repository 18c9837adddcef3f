/**
 * Rows of the list moved with a pointer: a row that is dragged by its grip changes places with
 * those it is drawn over. Buttons do the same (RowActions).
 */
import type { Attachment } from 'svelte/attachments';

/**
 * @param key of the row; rows carry theirs as `data-row`
 * @param onover the pointer is over the row of another key
 */
export function rowGrip(key: string, onover: (other: string) => void): Attachment<HTMLElement> {
  return (grip) => {
    // On the document: the grip itself moves while its row does.
    const move = (event: PointerEvent): void => {
      const under = document.elementFromPoint(event.clientX, event.clientY);
      const other = under?.closest<HTMLElement>('[data-row]')?.dataset['row'];
      if (other !== undefined && other !== key) onover(other);
    };
    const end = (): void => {
      document.removeEventListener('pointermove', move);
      document.removeEventListener('pointerup', end);
      document.removeEventListener('pointercancel', end);
    };
    const start = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      event.preventDefault();
      document.addEventListener('pointermove', move);
      document.addEventListener('pointerup', end);
      document.addEventListener('pointercancel', end);
    };
    grip.addEventListener('pointerdown', start);
    return () => {
      grip.removeEventListener('pointerdown', start);
      end();
    };
  };
}
