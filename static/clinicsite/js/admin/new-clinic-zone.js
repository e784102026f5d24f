// Says by name which time zone is the usual one of where a new clinic is licensed.
(() => {
    const zone = document.querySelector('[data-clinicsite-zone-of]');
    const licensed = zone && document.getElementById(zone.dataset.clinicsiteZoneOf);
    if (!licensed) {
        return;
    }
    const usual = zone.options[0];
    const unnamed = usual.text;
    const zones = JSON.parse(zone.dataset.clinicsiteZones);
    const say = () => {
        const name = zones[licensed.value];
        usual.text = name ? `${name.replaceAll('_', ' ')} (usual)` : unnamed;
    };
    licensed.addEventListener('change', say);
    say();
})();
