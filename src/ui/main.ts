import { mount } from 'svelte';
import { WorkerClient } from '../../workers/client.ts';
import App from './App.svelte';
import { workOffline } from './offline.ts';
import { Route } from './state/route.svelte.ts';
import { Settings } from './state/settings.svelte.ts';
import { Workspace } from './state/workspace.svelte.ts';
import './styles/tokens.css';
import './styles/base.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

const settings = new Settings(globalThis.localStorage);
const workspace = new Workspace((onRestart) => new WorkerClient({ onRestart }));
mount(App, { target, props: { settings, workspace, route: new Route(location.hash) } });
void workOffline(() => workspace.step === 'open' && !workspace.opening.isBusy);
