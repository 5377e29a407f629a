import type { Core } from '../core';
import { removeHandlers } from '../methods/events/events';
import type { Application } from '../state/model';

/** Saves the application's form: ONAPPINSTALL goes to its installation address. [D installation-callback.md] */
export function installApplication(core: Core, application: Application, userId: number): void {
	core.events.install(application, userId);
	core.changes.tell('application', 'installed', { id: application.id });
}

/** Makes a new version of the application: ONAPPUPDATE, then handlers go as C18 says. [D on-app-update.md] */
export function updateApplication(core: Core, application: Application): void {
	const previous = application.version;
	application.version += 1;
	core.events.fire({
		event: 'ONAPPUPDATE',
		userId: 1,
		onlyApplication: application.id,
		hops: 0,
		connector: '',
		data: { VERSION: application.version, PREVIOUS_VERSION: previous, LANGUAGE_ID: core.state.settings.language },
	});
	removeHandlers(
		core,
		(handler) =>
			handler.applicationId === application.id &&
			(core.switches.updateRemovesHandlers === 'all' || handler.event === 'ONAPPINSTALL'),
	);
	core.changes.tell('application', 'changed', { id: application.id });
}

/** Removes the application with its handlers and lines; ONAPPUNINSTALL. [S rest/lib/app.php, externalline.php] */
export function removeApplication(core: Core, application: Application, clean: boolean): void {
	const { state } = core;
	const handlers = state.handlers.filter((handler) => handler.applicationId === application.id);
	state.applications.delete(application.id);
	removeHandlers(core, (handler) => handler.applicationId === application.id);
	state.lines = state.lines.filter((line) => line.applicationId !== application.id);
	if (state.settings.defaultLine?.applicationId === application.id) state.settings.defaultLine = null;
	core.events.uninstall(application, handlers, clean);
	core.changes.tell('application', 'removed', { id: application.id });
}
