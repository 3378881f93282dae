"""Every address of the desk. Records are named by their opaque ids; anything else in their place is no address of ours."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from gifthorse.desk.addresses import away, record_id, register, reports, threads, travel
from gifthorse.desk.views import auditing, custody, errors, exhibits, gifts, home, inspections, items, keeping

__all__ = ["record_id"]  # imported for the form of ids in addresses

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", home.healthz, name="healthz"),
    # staff
    path("given/", gifts.report, name="report"),
    path("mine/", gifts.my_items, name="my_items"),
    path("items/<id:item_id>/receipt/", gifts.receipt, name="receipt"),
    path("items/<id:item_id>/photographs/", gifts.photographs, name="photographs"),
    path("items/<id:item_id>/withdraw/", gifts.withdraw, name="withdraw"),
    path("items/<id:item_id>/write/", custody.write, name="write"),
    path("photographs/<id:exhibit_id>/", gifts.picture, name="picture"),
    # officers
    path("items/", items.items, name="items"),
    path("items/<id:item_id>/", items.item, name="item"),
    path("items/<id:item_id>/take-in/", custody.take_in, name="take_in"),
    path("items/<id:item_id>/hand-over/", custody.hand_over, name="hand_over"),
    path("items/<id:item_id>/exhibits/", exhibits.exhibits, name="exhibits"),
    path("items/<id:item_id>/folder/", exhibits.folder, name="folder"),
    path("items/<id:item_id>/arrivals/", exhibits.arrivals, name="arrivals"),
    path("items/<id:item_id>/arrivals/<slug:token>/", exhibits.arrival, name="arrival"),
    path("items/<id:item_id>/decide/", custody.decide, name="decide"),
    path("items/<id:item_id>/answer/", custody.answer, name="answer"),
    path("items/<id:item_id>/close/", custody.close, name="close"),
    path("exhibits/<id:exhibit_id>/inspect/", inspections.start, name="start_inspection"),
    path("inspections/<id:inspection_id>/", inspections.inspection, name="inspection"),
    path("inspections/<id:inspection_id>/progress/", inspections.progress, name="progress"),
    path("inspections/<id:inspection_id>/contents/", inspections.contents, name="contents"),
    path("inspections/<id:inspection_id>/compare/<id:other_id>/", inspections.compare, name="compare"),
    path("inspections/<id:inspection_id>/findings/<int:number>/note/", inspections.note, name="note"),
    path("inspections/<id:inspection_id>/stop/", inspections.stop, name="stop_inspection"),
    path("inspections/<id:inspection_id>/export/<str:form>/", inspections.export, name="export"),
    # auditors
    path("ledger/", auditing.ledger, name="ledger"),
    path("ledger/items/<id:item_id>/", auditing.trail, name="trail"),
    path("ledger/check/", auditing.verify, name="verify"),
    path("ledger/checkpoint/", auditing.checkpoint, name="checkpoint"),
    path("figures/", auditing.figures, name="figures"),
    # the custodian
    path("names/", keeping.release, name="release"),
    path("erase/", keeping.erase, name="erase"),
    # administrators
    path("accounts/", keeping.accounts, name="accounts"),
    path("accounts/new/", keeping.new_account, name="new_account"),
    path("accounts/<id:account_id>/roles/", keeping.account_roles, name="account_roles"),
    path("accounts/<id:account_id>/close/", keeping.close_account, name="close_account"),
    # signing in, and one's own account
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-in/second-step/", second_step.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/again/code/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("account/again/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/second-step/", second_step.index, name="mfa_index"),
    path("account/second-step/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-step/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/passkeys/<int:pk>/rename/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/recovery-codes/file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("language/", require_POST(set_language), name="set_language"),
    path("account/sessions/", sessions.list_usersessions, name="usersessions_list"),
    *away.ADDRESSES,
    *register.ADDRESSES,
    *travel.ADDRESSES,
    *reports.ADDRESSES,
    *threads.ADDRESSES,
]

handler400 = errors.did_not_fit
handler403 = errors.refused
handler404 = errors.not_found
handler500 = errors.broken
