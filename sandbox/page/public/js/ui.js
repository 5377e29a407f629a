/** What this browser tab shows. Who one is and which desks are open survive a reload. */
export const ui = { employee: 0, desks: [], kind: 'CONTACT', search: '', faultKind: '', ...recall() };

function recall() {
	try {
		const kept = JSON.parse(sessionStorage.getItem('sandbox') ?? '{}');
		return { employee: Number(kept.employee) || 0, desks: Array.isArray(kept.desks) ? kept.desks.map(Number) : [] };
	} catch {
		return {};
	}
}

/** Keeps the choice for the next load of this tab. */
export function remember() {
	sessionStorage.setItem('sandbox', JSON.stringify({ employee: ui.employee, desks: ui.desks }));
}
