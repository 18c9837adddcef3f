/** A line from the terminal that is not shown while it is typed. */
import type { ReadStream } from 'node:tty';

const ENTER = new Set(['\r', '\n', '\x04']);
const BACKSPACE = new Set(['\x7f', '\b']);
const INTERRUPT = '\x03';

/** @throws DOMException AbortError where Ctrl+C was pressed */
export async function askSecret(
  question: string,
  input: ReadStream,
  show: (text: string) => void,
): Promise<string> {
  show(question);
  input.setRawMode(true);
  input.setEncoding('utf8');
  input.resume();
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = '';
      const take = (chunk: string): void => {
        for (const key of chunk) {
          if (key === INTERRUPT || ENTER.has(key)) {
            input.off('data', take);
            if (key === INTERRUPT) reject(new DOMException('cancelled', 'AbortError'));
            else resolve(typed);
            return;
          }
          typed = BACKSPACE.has(key) ? typed.slice(0, -1) : typed + key;
        }
      };
      input.on('data', take);
    });
  } finally {
    input.setRawMode(false);
    input.pause();
    show('\n');
  }
}
