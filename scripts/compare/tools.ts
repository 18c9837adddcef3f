/** The de-identifiers that are compared: each takes the files of one folder into another. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { deidentified } from '../../tests/support/deidentified.ts';
import { filesBelow, hasProgram, readBytes } from '../../tests/support/shared-data.ts';

export interface Tool {
  readonly name: string;
  readonly version: string;
  /** A file that is refused is not there afterwards. */
  run(from: string, to: string): void | Promise<void>;
}

/** Efface under Basic without options: headers alone, the pixels stay. */
export const efface: Tool = {
  name: 'Efface',
  version: (
    JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    }
  ).version,
  async run(from, to) {
    const files = filesBelow(from);
    const own = { defaced: false, approved: false };
    const results = await deidentified(files.map(readBytes), own);
    for (const [n, { file }] of results.entries()) {
      writeFileSync(path.join(to, path.basename(files[n] ?? '')), file.bytes);
    }
  },
};

/** gdcmanon, its Basic profile; it wants a certificate to seal a copy of what it takes away. */
export function gdcmanon(folder: string): Tool | null {
  if (!hasProgram('gdcmanon') || !hasProgram('openssl')) return null;
  const certificate = path.join(folder, 'certificate.pem');
  const key = path.join(folder, 'key.pem');
  // prettier-ignore
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-subj', '/CN=nobody', '-days', '1'];
  execFileSync('openssl', made, { stdio: 'ignore' });
  const said = execFileSync('gdcmanon', ['--version'], { encoding: 'utf8' });
  return {
    name: 'gdcmanon',
    version: /gdcm ([\d.]+)/.exec(said)?.[1] ?? '',
    run(from, to) {
      // All at once: it makes new UIDs anew in each run.
      const options = ['-e', '-c', certificate, '--continue', '-i', from, '-o', to];
      spawnSync('gdcmanon', options, { stdio: 'ignore' });
    },
  };
}

const CTP_PROFILE = 'source/files/profiles/dicom/DICOM-PS3.15-Basic';

/**
 * CTP with the profile that it brings, which writes day and time of the run into each file;
 * and the same with a clock that stands still, to tell what comes of that from the rest.
 *
 * @param checkout of johnperry/CTP, with `libraries` and `source/files/profiles`
 * @param folder for a copy of the profile
 */
export function ctp(checkout: string, folder: string): readonly Tool[] {
  const libraries = path.resolve(checkout, 'libraries');
  const jar = path.join(libraries, 'CTP.jar');
  const script = path.resolve(checkout, CTP_PROFILE);
  if (!hasProgram('java') || !existsSync(jar) || !existsSync(script)) return [];
  const stopped = path.join(folder, 'ctp.script');
  const profile = readFileSync(script, 'utf8');
  writeFileSync(stopped, profile.replaceAll('@date()', '20200101').replaceAll('@time()', '120000'));
  const jars = filesBelow(libraries).filter((file) => file.endsWith('.jar'));
  const manifest = execFileSync('unzip', ['-p', jar, 'META-INF/MANIFEST.MF'], { encoding: 'utf8' });
  const version = /^Date: (\S+)/m.exec(manifest)?.[1] ?? '';
  const main = fileURLToPath(new URL('RunCtp.java', import.meta.url));
  return [
    ['RSNA CTP', script],
    ['RSNA CTP, clock stopped', stopped],
  ].map(([name = '', own = '']) => ({
    name,
    version,
    run(from, to) {
      const files = [path.resolve(from), path.resolve(to), own];
      execFileSync('java', ['-cp', jars.join(':'), main, ...files], { stdio: 'ignore' });
    },
  }));
}
