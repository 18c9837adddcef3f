import { errorCodes, explain } from '../src/core/errors.ts';

/** The catalogue of errors as Markdown, one heading a code. */
export function errorPage(): string {
  const parts = [...errorCodes()].sort().map((code) => {
    const { what, why, todo } = explain(code);
    return `## ${code}\n\n${what} ${why}\n\n**What to do:** ${todo}\n`;
  });
  const intro =
    'Every error a person can meet: what happened, why, and what to do. `?` stands for a number or a tag. ' +
    'Written by `npm run docs:errors` from `src/core/errors.ts`.';
  return `# Errors\n\n${intro}\n\n${parts.join('\n')}`;
}
