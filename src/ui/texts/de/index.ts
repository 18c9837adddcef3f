/**
 * Every German sentence of the page. The person is addressed as "Sie". One word for one thing:
 *
 * | English | German | | English | German |
 * | --- | --- | --- | --- | --- |
 * | scan, head scan | Scan, Kopfscan | | approve, reject | freigeben, verwerfen |
 * | header | Header | | check | Prüfung |
 * | visit | Untersuchung | | left out, skipped | ausgelassen, übersprungen |
 * | series, slice | Serie, Schicht | | refused, withheld | abgelehnt, zurückgehalten |
 * | region, mask | Bereich, Maske | | save in place | Originale ersetzen |
 * | remove the face | Gesicht entfernen | | roll back, undo folder | Originale wiederherstellen, Sicherungsordner |
 * | cut, wall, shell | Schnitt, Wand, Schale | | matcher, gallery | Abgleich, Galerie |
 * | brain guard | Hirnschutz | | named again | wiedererkannt |
 * | window | Fenster | | localizer | Übersichtsaufnahme |
 * | network | Netz | | demo head, made person | Demokopf, erfundene Person |
 */
import type { Translation } from '../language.svelte.ts';
import { checks } from './checks.ts';
import { correct } from './correct.ts';
import { deid, key } from './deid.ts';
import { wording } from './errors.ts';
import { help, update } from './help.ts';
import { figures } from './figures.ts';
import { dropping, landing, reading } from './landing.ts';
import { learn } from './learn.ts';
import { options } from './options.ts';
import { place } from './place.ts';
import { queue } from './queue.ts';
import { privacy } from './privacy.ts';
import { header, review } from './review.ts';
import { save } from './save.ts';
import { series, status } from './series.ts';
import { fault, fileNames, leave, name, shell, titles } from './shell.ts';
import { work } from './work.ts';

export const translation: Translation = {
  page: {
    name,
    shell,
    landing,
    titles,
    dropping,
    reading,
    series,
    options,
    deid,
    key,
    work,
    status,
    queue,
    review,
    correct,
    checks,
    header,
    save,
    place,
    leave,
    fault,
    fileNames,
    help,
    update,
  },
  learn,
  privacy,
  figures,
  wording,
};
