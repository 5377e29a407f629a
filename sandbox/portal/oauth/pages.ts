import type { Application, Employee } from '../state/model';

const STYLE = `
:root { color-scheme: light dark; --line: #d5dbe3; --brand: #0b6bcb; --on-brand: #fff; --card: #fff; --page: #eef2f6; --text: #1c2733; --soft: #5d6b7a; }
@media (prefers-color-scheme: dark) { :root { --line: #39434f; --brand: #7cbcf8; --on-brand: #06182a; --card: #1f262e; --page: #14191f; --text: #e8edf3; --soft: #9fadbc; } }
* { box-sizing: border-box; } body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 16px; background: var(--page); color: var(--text); font: 16px/1.45 system-ui, sans-serif; }
main { width: min(440px, 100%); background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 28px; }
h1 { font-size: 20px; margin: 0 0 6px; } p { margin: 0 0 16px; color: var(--soft); } fieldset { border: 0; padding: 0; margin: 0 0 18px; }
label { display: flex; gap: 10px; align-items: baseline; padding: 9px 10px; border: 1px solid var(--line); border-radius: 8px; margin-bottom: 6px; cursor: pointer; }
label small { color: var(--soft); margin-left: auto; } button { width: 100%; padding: 12px; border: 0; border-radius: 8px; background: var(--brand); color: var(--on-brand); font: inherit; font-weight: 600; cursor: pointer; }`;

/** Page on which one chooses who logs in and lets the application in. */
export function choicePage(application: Application, employees: readonly Employee[], state: string): string {
	const choices = employees
		.slice(0, 50)
		.map(
			(employee, index) => `
		<label><input type="radio" name="user_id" value="${employee.id}"${index === 0 ? ' checked' : ''}> ${escapeHtml(`${employee.firstName} ${employee.lastName}`)}
		<small>${escapeHtml(employee.isAdmin ? 'Administrator' : employee.position)}</small></label>`,
		)
		.join('');
	return document(
		'Log in',
		`
	<h1>“${escapeHtml(application.name)}” asks for access</h1>
	<p>It wants to use: ${escapeHtml(application.scopes.join(', '))}. Choose who logs in.</p>
	<form method="post" action="/oauth/authorize/">
		<input type="hidden" name="client_id" value="${escapeHtml(application.clientId)}"><input type="hidden" name="state" value="${escapeHtml(state)}">
		<fieldset>${choices}</fieldset><button type="submit">Allow</button>
	</form>`,
	);
}

/** The portal's own error page. Nobody but the person in front of it learns of the failure. */
export function errorPage(text: string): string {
	return document('Authorisation error', `<h1>Authorisation error</h1><p>${escapeHtml(text)}</p>`);
}

function document(title: string, content: string): string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style></head><body><main>${content}</main></body></html>`;
}

function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
