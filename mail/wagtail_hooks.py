from wagtail_modeladmin.options import modeladmin_register

from .viewsets import DeliveryAdmin

modeladmin_register(DeliveryAdmin)
