import { mount } from 'svelte';
import { WorkerClient } from '../../workers/client.ts';
import App from './App.svelte';
import { workOffline } from './offline.ts';
import { remembered } from './state/remembered.svelte.ts';
import { Route } from './state/route.svelte.ts';
import { Settings } from './state/settings.svelte.ts';
import { shelfKey } from './state/shelf-key.ts';
import { Update } from './state/update.svelte.ts';
import { Workspace } from './state/workspace.svelte.ts';
import './styles/tokens.css';
import './styles/base.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

const settings = new Settings(globalThis.localStorage, navigator.languages);
const workspace = new Workspace(
  (onRestart) =>
    new WorkerClient({ onRestart, shelfKey: shelfKey(() => globalThis.sessionStorage) }),
);
remembered.restore(workspace.choices);
const route = new Route(location.hash);
const update = new Update();
await settings.speak();
mount(App, { target, props: { settings, workspace, route, update } });
void workOffline(
  // A lesson may be under way on another page.
  () => route.page === 'work' && workspace.step === 'open' && !workspace.opening.isBusy,
  (go) => (update.go = go),
);
